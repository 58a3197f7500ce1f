/** ICD-10 chapter IX, diseases of the circulatory system. */
export const circulation = `
I01.9|急性风湿性心脏病|Acute rheumatic heart disease, unspecified
I05.0|二尖瓣狭窄|Mitral stenosis
I05.9|风湿性二尖瓣疾病|Mitral valve disease, unspecified
I09.9|风湿性心脏病|Rheumatic heart disease, unspecified
I10|特发性（原发性）高血压|Essential (primary) hypertension
I11.0|高血压性心脏病伴心力衰竭|Hypertensive heart disease with heart failure
I11.9|高血压性心脏病|Hypertensive heart disease without heart failure
I12.9|高血压性肾脏病|Hypertensive renal disease without renal failure
I15.9|继发性高血压|Secondary hypertension, unspecified
I20.0|不稳定型心绞痛|Unstable angina
I20.9|心绞痛|Angina pectoris, unspecified
I21.0|急性前壁透壁性心肌梗死|Acute transmural myocardial infarction of anterior wall
I21.1|急性下壁透壁性心肌梗死|Acute transmural myocardial infarction of inferior wall
I21.4|急性心内膜下心肌梗死|Acute subendocardial myocardial infarction
I21.9|急性心肌梗死|Acute myocardial infarction, unspecified
I22.9|随后性心肌梗死|Subsequent myocardial infarction of unspecified site
I24.9|急性缺血性心脏病|Acute ischaemic heart disease, unspecified
I25.1|动脉硬化性心脏病|Atherosclerotic heart disease
I25.2|陈旧性心肌梗死|Old myocardial infarction
I25.3|心脏动脉瘤（室壁瘤）|Aneurysm of heart
I25.5|缺血性心肌病|Ischaemic cardiomyopathy
I25.9|慢性缺血性心脏病|Chronic ischaemic heart disease, unspecified
I26.9|肺栓塞|Pulmonary embolism without mention of acute cor pulmonale
I27.0|原发性肺动脉高压|Primary pulmonary hypertension
I27.2|继发性肺动脉高压|Other secondary pulmonary hypertension
I27.9|肺源性心脏病|Pulmonary heart disease, unspecified
I30.9|急性心包炎|Acute pericarditis, unspecified
I31.1|慢性缩窄性心包炎|Chronic constrictive pericarditis
I31.3|心包积液|Pericardial effusion (noninflammatory)
I33.0|急性和亚急性感染性心内膜炎|Acute and subacute infective endocarditis
I34.0|二尖瓣关闭不全|Mitral (valve) insufficiency
I35.0|主动脉瓣狭窄|Aortic (valve) stenosis
I35.1|主动脉瓣关闭不全|Aortic (valve) insufficiency
I36.1|非风湿性三尖瓣关闭不全|Nonrheumatic tricuspid (valve) insufficiency
I40.9|急性心肌炎|Acute myocarditis, unspecified
I42.0|扩张型心肌病|Dilated cardiomyopathy
I42.1|梗阻性肥厚型心肌病|Obstructive hypertrophic cardiomyopathy
I42.2|肥厚型心肌病|Other hypertrophic cardiomyopathy
I44.2|完全性房室传导阻滞|Atrioventricular block, complete
I44.3|房室传导阻滞|Other and unspecified atrioventricular block
I44.7|左束支传导阻滞|Left bundle-branch block, unspecified
I45.1|右束支传导阻滞|Other and unspecified right bundle-branch block
I45.6|预激综合征|Pre-excitation syndrome
I46.9|心脏停搏|Cardiac arrest, unspecified
I47.1|室上性心动过速|Supraventricular tachycardia
I47.2|室性心动过速|Ventricular tachycardia
I48.0|阵发性心房颤动|Paroxysmal atrial fibrillation
I48.9|心房颤动和心房扑动|Atrial fibrillation and atrial flutter, unspecified
I49.0|心室颤动和扑动|Ventricular fibrillation and flutter
I49.3|室性期前收缩|Ventricular premature depolarization
I49.5|病态窦房结综合征|Sick sinus syndrome
I49.9|心律失常|Cardiac arrhythmia, unspecified
I50.0|充血性心力衰竭|Congestive heart failure
I50.1|左心室衰竭|Left ventricular failure
I50.9|心力衰竭|Heart failure, unspecified
I51.4|心肌炎|Myocarditis, unspecified
I60.9|蛛网膜下出血|Subarachnoid haemorrhage, unspecified
I61.0|大脑半球的脑内出血，皮质下|Intracerebral haemorrhage in hemisphere, subcortical
I61.3|脑干出血|Intracerebral haemorrhage in brain stem
I61.4|小脑出血|Intracerebral haemorrhage in cerebellum
I61.9|脑内出血|Intracerebral haemorrhage, unspecified
I62.0|非创伤性硬膜下出血|Nontraumatic subdural haemorrhage
I63.3|脑动脉血栓形成引起的脑梗死|Cerebral infarction due to thrombosis of cerebral arteries
I63.4|脑动脉栓塞引起的脑梗死|Cerebral infarction due to embolism of cerebral arteries
I63.9|脑梗死|Cerebral infarction, unspecified
I64|脑卒中，未特指为出血或梗死|Stroke, not specified as haemorrhage or infarction
I65.2|颈动脉闭塞和狭窄|Occlusion and stenosis of carotid artery
I66.9|大脑动脉闭塞和狭窄|Occlusion and stenosis of unspecified cerebral artery
I67.1|脑动脉瘤，未破裂|Cerebral aneurysm, nonruptured
I67.5|烟雾病|Moyamoya disease
I67.6|颅内静脉系统非化脓性血栓形成|Nonpyogenic thrombosis of intracranial venous system
I67.9|脑血管病|Cerebrovascular disease, unspecified
I69.3|脑梗死后遗症|Sequelae of cerebral infarction
I70.2|四肢动脉的动脉粥样硬化|Atherosclerosis of arteries of extremities
I71.0|主动脉夹层|Dissection of aorta
I71.2|胸主动脉瘤|Thoracic aortic aneurysm, without mention of rupture
I71.3|腹主动脉瘤破裂|Abdominal aortic aneurysm, ruptured
I71.4|腹主动脉瘤|Abdominal aortic aneurysm, without mention of rupture
I73.9|周围血管病|Peripheral vascular disease, unspecified
I74.3|下肢动脉栓塞和血栓形成|Embolism and thrombosis of arteries of lower extremities
I77.6|动脉炎|Arteritis, unspecified
I80.2|下肢深静脉血栓形成|Phlebitis and thrombophlebitis of other deep vessels of lower extremities
I81|门静脉血栓形成|Portal vein thrombosis
I82.0|布-加综合征|Budd-Chiari syndrome
I83.9|下肢静脉曲张|Varicose veins of lower extremities without ulcer or inflammation
I85.0|食管静脉曲张伴出血|Oesophageal varices with bleeding
I85.9|食管静脉曲张|Oesophageal varices without bleeding
I95.9|低血压|Hypotension, unspecified
`;
