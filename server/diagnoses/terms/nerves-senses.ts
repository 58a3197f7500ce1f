/** ICD-10 chapters VI, VII and VIII: nervous system, eye, ear. */
export const nervesSenses = `
G00.9|细菌性脑膜炎|Bacterial meningitis, unspecified
G03.9|脑膜炎|Meningitis, unspecified
G04.9|脑炎、脊髓炎和脑脊髓炎|Encephalitis, myelitis and encephalomyelitis, unspecified
G06.0|颅内脓肿和肉芽肿|Intracranial abscess and granuloma
G12.2|运动神经元病|Motor neuron disease
G20|帕金森病|Parkinson disease
G25.0|特发性震颤|Essential tremor
G30.9|阿尔茨海默病|Alzheimer disease, unspecified
G35|多发性硬化|Multiple sclerosis
G36.0|视神经脊髓炎|Neuromyelitis optica
G40.9|癫痫|Epilepsy, unspecified
G41.9|癫痫持续状态|Status epilepticus, unspecified
G43.9|偏头痛|Migraine, unspecified
G44.2|紧张型头痛|Tension-type headache
G45.9|短暂性脑缺血发作|Transient cerebral ischaemic attack, unspecified
G47.3|睡眠呼吸暂停|Sleep apnoea
G50.0|三叉神经痛|Trigeminal neuralgia
G51.0|贝尔麻痹|Bell palsy
G54.4|腰骶神经根疾患|Lumbosacral root disorders, not elsewhere classified
G56.0|腕管综合征|Carpal tunnel syndrome
G61.0|吉兰-巴雷综合征|Guillain-Barre syndrome
G62.9|多神经病|Polyneuropathy, unspecified
G70.0|重症肌无力|Myasthenia gravis
G80.9|脑性瘫痪|Cerebral palsy, unspecified
G81.9|偏瘫|Hemiplegia, unspecified
G82.2|截瘫|Paraplegia, unspecified
G91.9|脑积水|Hydrocephalus, unspecified
G93.1|缺氧性脑损害|Anoxic brain damage, not elsewhere classified
G93.4|脑病|Encephalopathy, unspecified
G93.6|脑水肿|Cerebral oedema
G95.0|脊髓空洞症|Syringomyelia and syringobulbia
H10.9|结膜炎|Conjunctivitis, unspecified
H16.0|角膜溃疡|Corneal ulcer
H20.9|虹膜睫状体炎|Iridocyclitis, unspecified
H25.9|老年性白内障|Senile cataract, unspecified
H33.0|视网膜脱离伴视网膜裂孔|Retinal detachment with retinal break
H34.2|视网膜动脉阻塞|Other retinal artery occlusions
H34.8|视网膜静脉阻塞|Other retinal vascular occlusions
H35.1|早产儿视网膜病|Retinopathy of prematurity
H35.3|黄斑和后极变性|Degeneration of macula and posterior pole
H36.0|糖尿病视网膜病变|Diabetic retinopathy
H40.2|原发性闭角型青光眼|Primary angle-closure glaucoma
H40.9|青光眼|Glaucoma, unspecified
H46|视神经炎|Optic neuritis
H52.1|近视|Myopia
H66.0|急性化脓性中耳炎|Acute suppurative otitis media
H66.9|中耳炎|Otitis media, unspecified
H71|中耳胆脂瘤|Cholesteatoma of middle ear
H81.0|梅尼埃病|Meniere disease
H81.1|良性阵发性眩晕|Benign paroxysmal vertigo
H91.2|突发性聋|Sudden idiopathic hearing loss
H91.9|听力损失|Hearing loss, unspecified
`;
