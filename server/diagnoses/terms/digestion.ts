/** ICD-10 chapter XI, diseases of the digestive system. */
export const digestion = `
K02.9|龋病|Dental caries, unspecified
K04.0|牙髓炎|Pulpitis
K05.3|慢性牙周炎|Chronic periodontitis
K12.2|口腔蜂窝织炎和脓肿|Cellulitis and abscess of mouth
K20|食管炎|Oesophagitis
K21.0|胃食管反流病伴食管炎|Gastro-oesophageal reflux disease with oesophagitis
K22.0|贲门失弛缓症|Achalasia of cardia
K22.2|食管梗阻|Oesophageal obstruction
K22.6|食管贲门撕裂综合征|Gastro-oesophageal laceration-haemorrhage syndrome
K25.4|胃溃疡伴出血|Gastric ulcer, chronic or unspecified with haemorrhage
K25.9|胃溃疡|Gastric ulcer, without haemorrhage or perforation
K26.4|十二指肠溃疡伴出血|Duodenal ulcer, chronic or unspecified with haemorrhage
K26.5|十二指肠溃疡伴穿孔|Duodenal ulcer, chronic or unspecified with perforation
K26.9|十二指肠溃疡|Duodenal ulcer, without haemorrhage or perforation
K27.9|消化性溃疡|Peptic ulcer, without haemorrhage or perforation
K29.1|急性胃炎|Other acute gastritis
K29.5|慢性胃炎|Chronic gastritis, unspecified
K30|功能性消化不良|Functional dyspepsia
K31.5|十二指肠梗阻|Obstruction of duodenum
K31.7|胃和十二指肠息肉|Polyp of stomach and duodenum
K35.2|急性阑尾炎伴弥漫性腹膜炎|Acute appendicitis with generalized peritonitis
K35.8|急性阑尾炎|Acute appendicitis, other and unspecified
K40.9|腹股沟疝|Unilateral or unspecified inguinal hernia, without obstruction or gangrene
K43.9|腹壁疝|Ventral hernia without obstruction or gangrene
K44.9|膈疝|Diaphragmatic hernia without obstruction or gangrene
K50.9|克罗恩病|Crohn disease, unspecified
K51.9|溃疡性结肠炎|Ulcerative colitis, unspecified
K55.0|急性肠血管疾患|Acute vascular disorders of intestine
K56.1|肠套叠|Intussusception
K56.2|肠扭转|Volvulus
K56.5|粘连性肠梗阻|Intestinal adhesions with obstruction
K56.7|肠梗阻|Ileus, unspecified
K57.3|大肠憩室病|Diverticular disease of large intestine without perforation or abscess
K58.9|肠易激综合征|Irritable bowel syndrome without diarrhoea
K59.0|便秘|Constipation
K60.3|肛瘘|Anal fistula
K61.0|肛门脓肿|Anal abscess
K62.1|直肠息肉|Rectal polyp
K63.1|肠穿孔|Perforation of intestine (nontraumatic)
K63.5|结肠息肉|Polyp of colon
K64.9|痔|Haemorrhoids, unspecified
K65.0|急性腹膜炎|Acute peritonitis
K66.1|腹腔积血|Haemoperitoneum
K70.3|酒精性肝硬化|Alcoholic cirrhosis of liver
K71.9|药物性肝损伤|Toxic liver disease, unspecified
K72.0|急性和亚急性肝衰竭|Acute and subacute hepatic failure
K72.9|肝衰竭|Hepatic failure, unspecified
K74.3|原发性胆汁性肝硬化|Primary biliary cirrhosis
K74.6|肝硬化|Other and unspecified cirrhosis of liver
K75.0|肝脓肿|Abscess of liver
K75.4|自身免疫性肝炎|Autoimmune hepatitis
K76.0|脂肪肝|Fatty (change of) liver, not elsewhere classified
K76.6|门静脉高压|Portal hypertension
K76.7|肝肾综合征|Hepatorenal syndrome
K76.8|肝囊肿|Other specified diseases of liver
K80.0|胆囊结石伴急性胆囊炎|Calculus of gallbladder with acute cholecystitis
K80.2|胆囊结石|Calculus of gallbladder without cholecystitis
K80.5|胆管结石|Calculus of bile duct without cholangitis or cholecystitis
K81.0|急性胆囊炎|Acute cholecystitis
K81.1|慢性胆囊炎|Chronic cholecystitis
K82.8|胆囊息肉|Other specified diseases of gallbladder
K83.0|胆管炎|Cholangitis
K83.1|胆管梗阻|Obstruction of bile duct
K85.1|胆源性急性胰腺炎|Biliary acute pancreatitis
K85.9|急性胰腺炎|Acute pancreatitis, unspecified
K86.1|慢性胰腺炎|Other chronic pancreatitis
K86.2|胰腺囊肿|Cyst of pancreas
K86.3|胰腺假性囊肿|Pseudocyst of pancreas
K90.0|乳糜泻|Coeliac disease
K92.0|呕血|Haematemesis
K92.1|黑粪|Melaena
K92.2|胃肠出血|Gastrointestinal haemorrhage, unspecified
`;
