/** ICD-10 chapters XVIII, XIX and XXI: symptoms and signs, injury and poisoning, factors influencing health status. */
export const signsInjuries = `
R00.0|心动过速|Tachycardia, unspecified
R04.0|鼻出血|Epistaxis
R04.2|咯血|Haemoptysis
R05|咳嗽|Cough
R06.0|呼吸困难|Dyspnoea
R07.4|胸痛|Chest pain, unspecified
R09.2|呼吸停止|Respiratory arrest
R10.0|急腹症|Acute abdomen
R10.4|腹痛|Other and unspecified abdominal pain
R11|恶心和呕吐|Nausea and vomiting
R13|吞咽困难|Dysphagia
R16.0|肝大|Hepatomegaly, not elsewhere classified
R16.1|脾大|Splenomegaly, not elsewhere classified
R17|黄疸|Unspecified jaundice
R18|腹水|Ascites
R19.0|腹内和盆腔肿块|Intra-abdominal and pelvic swelling, mass and lump
R20.2|皮肤感觉异常|Paraesthesia of skin
R22.2|躯干局部肿块|Localized swelling, mass and lump, trunk
R31|血尿|Unspecified haematuria
R33|尿潴留|Retention of urine
R40.2|昏迷|Coma, unspecified
R42|头晕和眩晕|Dizziness and giddiness
R47.0|失语|Dysphasia and aphasia
R50.9|发热|Fever, unspecified
R51|头痛|Headache
R55|晕厥|Syncope and collapse
R56.0|热性惊厥|Febrile convulsions
R57.0|心源性休克|Cardiogenic shock
R57.1|低血容量性休克|Hypovolaemic shock
R57.2|脓毒性休克|Septic shock
R59.9|淋巴结肿大|Enlarged lymph nodes, unspecified
R60.0|局部水肿|Localized oedema
R63.4|体重减轻|Abnormal weight loss
R65.1|全身炎症反应综合征伴器官衰竭|Systemic inflammatory response syndrome of infectious origin with organ failure
R73.9|高血糖|Hyperglycaemia, unspecified
R80|蛋白尿|Isolated proteinuria
R90.0|颅内占位性病变|Intracranial space-occupying lesion
R91|肺诊断性影像检查的异常所见（肺结节）|Abnormal findings on diagnostic imaging of lung
R93.5|腹部诊断性影像检查的异常所见|Abnormal findings on diagnostic imaging of other abdominal regions
R94.3|心血管功能检查的异常结果（心电图异常）|Abnormal results of cardiovascular function studies
S02.0|颅骨穹窿骨折|Fracture of vault of skull
S02.1|颅底骨折|Fracture of base of skull
S06.0|脑震荡|Concussion
S06.3|局灶性脑损伤（脑挫裂伤）|Focal brain injury
S06.4|硬膜外血肿|Epidural haemorrhage
S06.5|创伤性硬膜下出血|Traumatic subdural haemorrhage
S06.6|创伤性蛛网膜下出血|Traumatic subarachnoid haemorrhage
S12.9|颈部骨折|Fracture of neck, part unspecified
S14.1|颈部脊髓损伤|Other and unspecified injuries of cervical spinal cord
S22.0|胸椎骨折|Fracture of thoracic vertebra
S22.3|肋骨骨折|Fracture of rib
S22.4|多发性肋骨骨折|Multiple fractures of ribs
S27.0|创伤性气胸|Traumatic pneumothorax
S27.1|创伤性血胸|Traumatic haemothorax
S27.3|肺挫伤|Other injuries of lung
S32.0|腰椎骨折|Fracture of lumbar vertebra
S32.8|骨盆骨折|Fracture of other and unspecified parts of lumbar spine and pelvis
S36.0|脾损伤|Injury of spleen
S36.1|肝或胆囊损伤|Injury of liver or gallbladder
S37.0|肾损伤|Injury of kidney
S42.0|锁骨骨折|Fracture of clavicle
S42.2|肱骨上端骨折|Fracture of upper end of humerus
S42.3|肱骨干骨折|Fracture of shaft of humerus
S52.5|桡骨下端骨折|Fracture of lower end of radius
S62.0|手舟骨骨折|Fracture of navicular (scaphoid) bone of hand
S72.0|股骨颈骨折|Fracture of neck of femur
S72.1|股骨粗隆间骨折|Pertrochanteric fracture
S72.3|股骨干骨折|Fracture of shaft of femur
S82.1|胫骨上端骨折|Fracture of upper end of tibia
S82.2|胫骨干骨折|Fracture of shaft of tibia
S82.6|外踝骨折|Fracture of lateral malleolus
S83.5|膝关节交叉韧带损伤|Sprain and strain involving cruciate ligament of knee
S86.0|跟腱损伤|Injury of Achilles tendon
S92.0|跟骨骨折|Fracture of calcaneus
T07|多发性损伤|Unspecified multiple injuries
T17.9|呼吸道异物|Foreign body in respiratory tract, part unspecified
T18.1|食管异物|Foreign body in oesophagus
T30.0|烧伤|Burn of unspecified body region, unspecified degree
T42.4|苯二氮䓬类中毒|Poisoning by benzodiazepines
T51.0|乙醇中毒|Toxic effect of ethanol
T58|一氧化碳中毒|Toxic effect of carbon monoxide
T60.0|有机磷和氨基甲酸酯类杀虫剂中毒|Toxic effect of organophosphate and carbamate insecticides
T60.3|除草剂中毒（百草枯）|Toxic effect of herbicides and fungicides
T63.0|蛇毒的毒性效应|Toxic effect of snake venom
T67.0|中暑|Heatstroke and sunstroke
T75.1|溺水|Drowning and nonfatal submersion
T75.4|电击伤|Effects of electric current
T78.2|过敏性休克|Anaphylactic shock, unspecified
T79.1|创伤性脂肪栓塞|Fat embolism (traumatic)
T81.4|操作后感染|Infection following a procedure, not elsewhere classified
Z03.9|疑似疾病的观察|Observation for suspected disease or condition, unspecified
Z09.9|恶性肿瘤以外情况治疗后的随诊检查|Follow-up examination after unspecified treatment for other conditions
Z34.9|正常妊娠监督|Supervision of normal pregnancy, unspecified
Z51.1|肿瘤化学治疗疗程|Chemotherapy session for neoplasm
Z94.0|肾移植状态|Kidney transplant status
Z95.5|冠状动脉支架植入后状态|Presence of coronary angioplasty implant and graft
`;
